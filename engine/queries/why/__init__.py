"""为什么: one question with three answers, asked on task pages, matter pages and refusals."""

from engine.queries.why.query import WhyPage, WhyQuery

__all__ = ["WhyPage", "WhyQuery"]
