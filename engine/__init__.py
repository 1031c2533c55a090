"""The generic workflow engine: knows BPMN, knows neither Flask nor procurement."""
