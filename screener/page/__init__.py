"""A questionnaire as one web page that needs no server: the rule file as data, and an engine for browsers."""
