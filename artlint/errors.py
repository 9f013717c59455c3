"""The exceptions artlint raises; each message says what is wrong, where, and what to do next."""


class ArtlintError(Exception):
    """Base of every error that a user can cause; the command line prints it and exits with 2."""


class SourceError(ArtlintError):
    """A file or text cannot be read as an article: missing, unreadable, binary or not UTF-8."""


class ConfigError(ArtlintError):
    """A setting is unknown or has a value that cannot be used."""


class PackError(ArtlintError):
    """A pack of declarative rules is not valid; the message names file, line and key."""


class RuleError(ArtlintError):
    """A rule contradicts itself or another rule (double code, missing example, …)."""


class WriteError(ArtlintError):
    """A fixed article could not be written; the file on disk is as it was."""
