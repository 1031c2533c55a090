"""委托代理: a purchaser lets an agency act for it in a project."""
