"""Measurements of the whole product: real engine, real databases, real HTTP.

``procureflow bench steps`` and ``procureflow bench http`` set up the installation (in
``engine.cli``) and hand it over; a scenario says what is played, so that nothing here knows what
procedure that is.
"""

from engine.bench.figures import Figures
from engine.bench.http import measure_http
from engine.bench.scenario import Part, Scenario, rehearse
from engine.bench.steps import measure_steps

__all__ = ["Figures", "Part", "Scenario", "measure_http", "measure_steps", "rehearse"]
