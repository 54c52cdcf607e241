"""Breaking the engine on purpose, one small change at a time, to see that some test notices."""
