"""An article in, its reports out. Pure: no database, no network, no clock."""
