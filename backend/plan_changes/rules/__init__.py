"""The rules of changing a plan: who may when (``steps``), what a family's claims draw on (``course``), what is shown
(``figures``)."""
