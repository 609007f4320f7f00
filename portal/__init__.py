"""The ground and the roof: settings, addresses, and what every section of the portal needs."""
