"""How the outside systems are called on pages."""

from __future__ import annotations

from engine.handler import registry

registry.add_partner("trading_centre", "公共资源交易中心", "Trading centre")
registry.add_partner("treasury", "国库", "Treasury")
registry.add_partner("sms", "短信网关", "Text messages")
registry.add_partner("website", "公告网站", "Announcement website")
registry.add_partner("notices", "个人通知", "Personal notices", has_address=False)
