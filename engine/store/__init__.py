"""The only door to SQLAlchemy: tables, units of work, one file per aggregate, migrations."""
