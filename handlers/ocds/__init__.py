"""Open Contracting Data Standard 1.1: releases and records made of published notices."""
