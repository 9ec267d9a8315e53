package routes

default allow := false

# The first three parts of a path name who owns it.
owner := data.prefixes[concat("/", array.slice(split(input.path, "/"), 0, 3))]

allow if owner == input.tenant
