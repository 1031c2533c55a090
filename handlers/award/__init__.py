"""Results of procurements: who won which lot, which lots failed."""
