"""Suppliers who have lost their password: rule R35, a temporary password by SMS."""
