"""The only place for calendar arithmetic: the proleptic Gregorian calendar without year limits.

The day numbers follow Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
"""

from __future__ import annotations

_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS_PER_ERA = 146_097
_ERA_YEARS = 400


def is_leap(year: int) -> bool:
    """Tell whether ``year`` (astronomical, 0 and negative allowed) has 366 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % _ERA_YEARS == 0)


def days_in_month(year: int, month: int) -> int:
    """Return the length of a month in days; ``month`` is 1 to 12."""
    return 29 if month == 2 and is_leap(year) else _MONTH_LENGTHS[month - 1]


def day_number(year: int, month: int, day: int) -> int:
    """Return the days since 1970-01-01, negative before."""
    year -= month <= 2
    era, year_of_era = divmod(year, _ERA_YEARS)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * _DAYS_PER_ERA + day_of_era - 719_468


def from_day_number(days: int) -> tuple[int, int, int]:
    """Return (year, month, day) of the days since 1970-01-01."""
    era, day_of_era = divmod(days + 719_468, _DAYS_PER_ERA)
    year_of_era = (
        day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096
    ) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted_month + 2) // 5 + 1
    month = shifted_month + 3 if shifted_month < 10 else shifted_month - 9
    return year_of_era + era * _ERA_YEARS + (month <= 2), month, day


def add_months(year: int, month: int, day: int, months: int) -> tuple[int, int, int]:
    """Return the date ``months`` later; the day is cut to the month's length."""
    year, zero_based = divmod(year * 12 + month - 1 + months, 12)
    return year, zero_based + 1, min(day, days_in_month(year, zero_based + 1))


def iso_week(year: int, month: int, day: int) -> int:
    """Return the week of the year after ISO 8601, 1 to 53."""
    number = day_number(year, month, day)
    thursday = number - (number + 3) % 7 + 3
    first = day_number(from_day_number(thursday)[0], 1, 1)
    return (thursday - first) // 7 + 1


def weekday(year: int, month: int, day: int) -> int:
    """Return 1 for Monday to 7 for Sunday."""
    return (day_number(year, month, day) + 3) % 7 + 1
