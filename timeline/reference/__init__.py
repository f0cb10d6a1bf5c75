"""What the world is called: countries, people, organisations, places, kinds of events; data and their loaders."""
