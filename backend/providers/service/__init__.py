"""What is done with the network, one file per use case; other domains use these names."""

from backend.providers.service.first_choice import choices_of, choose, primary_provider_of
from backend.providers.service.registering import Defect, Report, import_registry, join_network

__all__ = ["Defect", "Report", "choices_of", "choose", "import_registry", "join_network", "primary_provider_of"]
