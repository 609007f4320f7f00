"""The register of "Dân vận khéo" exemplars, its rounds and honours."""
