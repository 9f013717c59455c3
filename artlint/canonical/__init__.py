"""The one form of a document that formatting yields."""
