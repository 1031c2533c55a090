"""The only place for what forms say to people about refused answers, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """Why an answer was refused.

    Attributes:
        code: stable name such as ``ERR_REQUIRED`` (catalogue 0.11).
        zh: Chinese sentence for the person.
        en: the same in English.
    """

    code: str
    zh: str
    en: str


class ProblemError(ValueError):
    """An answer cannot be read; carries the problem.

    Attributes:
        problem: what is said to the person.
    """

    def __init__(self, problem: Problem) -> None:
        """Keep the problem; ``str()`` is its English sentence."""
        super().__init__(problem.en)
        self.problem = problem


def unanswered(code: str, *, choose: bool) -> Problem:
    """Nothing was filled in; ``choose`` = the answer is picked, not typed."""
    if choose:
        return Problem(code, "请选择。", "Please choose.")
    return Problem(code, "请填写。", "Please fill this in.")


def not_ticked(code: str) -> Problem:
    """A tick that must be set is not set."""
    return Problem(code, "请勾选确认。", "Please tick this to confirm.")


def not_a_choice() -> Problem:
    """The value is none of the choices."""
    return Problem(
        "ERR_ENUM",
        "所选内容不在可选范围内，请重新选择。",
        "This is not one of the choices; choose again.",
    )


def too_short(shortest: int, length: int) -> Problem:
    """Fewer characters than wanted."""
    return Problem(
        "ERR_LENGTH",
        f"至少{shortest}个字，现在{length}个字。",
        f"At least {shortest} characters; there are {length}.",
    )


def too_long(longest: int, length: int) -> Problem:
    """More characters than taken."""
    return Problem(
        "ERR_LENGTH",
        f"最多{longest}个字，现在{length}个字，请删去{length - longest}个字。",
        f"At most {longest} characters; there are {length}, {length - longest} too many.",
    )


def bad_email() -> Problem:
    """No e-mail address."""
    return Problem(
        "ERR_EMAIL", "邮箱格式不正确，例如 zhang@example.com。", "This is no e-mail address."
    )


def bad_phone() -> Problem:
    """Neither a mobile number nor area code and number (reference T-10)."""
    return Problem(
        "ERR_PHONE",
        "请填写11位手机号，或“区号-电话号码”，例如 010-55550001。",
        "Give a mobile number of 11 digits, or area code and number such as 010-55550001.",
    )


def bad_pattern() -> Problem:
    """The analyst's pattern does not match."""
    return Problem(
        "ERR_PATTERN",
        "格式不符合要求，请对照说明修改。",
        "The format is not right; see the help text.",
    )


def bad_number() -> Problem:
    """No number."""
    return Problem(
        "ERR_NUMBER",
        "请填写数字，例如 3000000.00；不要写“万”等单位。",
        "Give a number such as 3000000.00, without units.",
    )


def too_many_digits(digits: int) -> Problem:
    """More decimal places than taken; never rounded silently."""
    if digits == 0:
        return Problem("ERR_NUMBER", "请填写整数，不要小数。", "Give a whole number.")
    return Problem(
        "ERR_NUMBER",
        f"最多{digits}位小数，系统不会自动四舍五入，请修改。",
        f"At most {digits} decimal places; nothing is rounded for you.",
    )


def too_small(minimum: str, *, exclusive: bool = False) -> Problem:
    """Below the smallest number taken."""
    if exclusive:
        return Problem("ERR_RANGE", f"必须大于{minimum}。", f"Must be more than {minimum}.")
    return Problem("ERR_RANGE", f"不能小于{minimum}。", f"Must be at least {minimum}.")


def too_large(maximum: str) -> Problem:
    """Above the largest number taken."""
    return Problem("ERR_RANGE", f"不能大于{maximum}。", f"Must be at most {maximum}.")


def bad_date() -> Problem:
    """No day of the calendar."""
    return Problem(
        "ERR_DATE",
        "请填写正确的日期，例如 2026-06-10。",
        "Give a date of the calendar such as 2026-06-10.",
    )


def bad_time() -> Problem:
    """No time of day."""
    return Problem("ERR_DATE", "请填写正确的时间，例如 09:30。", "Give a time such as 09:30.")


def past_date(today: str) -> Problem:
    """A day that has passed."""
    return Problem("ERR_DATE", f"日期不能早于今天（{today}）。", f"Not before today ({today}).")


def no_rows(minimum: int) -> Problem:
    """Fewer rows than wanted."""
    return Problem(
        "ERR_REQUIRED", f"请至少填写{minimum}行。", f"Please fill in at least {minimum} row(s)."
    )


def too_many_rows(maximum: int) -> Problem:
    """More rows than taken."""
    return Problem("ERR_LENGTH", f"最多{maximum}行，请删去多余的行。", f"At most {maximum} rows.")


def no_files(minimum: int) -> Problem:
    """Fewer files than wanted."""
    if minimum == 1:
        return Problem("ERR_ATTACHMENT_REQUIRED", "请上传文件。", "Please upload a file.")
    return Problem(
        "ERR_ATTACHMENT_REQUIRED",
        f"请至少上传{minimum}个文件。",
        f"Please upload at least {minimum} files.",
    )


def too_many_files(maximum: int) -> Problem:
    """More files than taken."""
    return Problem(
        "ERR_ATTACHMENT",
        f"最多上传{maximum}个文件，请移除多余的文件。",
        f"At most {maximum} files.",
    )


def bad_structure() -> Problem:
    """The value is of a kind that no browser sends for this field."""
    return Problem(
        "ERR_TYPE",
        "内容的类型不对，请刷新页面后重新填写。",
        "The value is of the wrong kind; reload the page and fill this in again.",
    )
