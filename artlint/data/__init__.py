"""Tables that rules read: data only, no behaviour."""
