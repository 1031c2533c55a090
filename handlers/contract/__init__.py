"""合同公告及备案: contracts by lots of published results, their notices."""
