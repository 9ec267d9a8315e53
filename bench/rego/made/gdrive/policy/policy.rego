package gdrive

# A drive: documents lie in folders, users are members of groups; viewing is granted to users or
# groups, on documents or folders, and holds below; owners do everything.
default allow := false

above := graph.reachable(data.parents, {input.resource})

who := graph.reachable(data.members, {input.principal})

allow if {
	input.action in {"read", "write", "share", "delete"}
	data.owners[input.resource] == input.principal
}

allow if {
	input.action == "read"
	data.public[input.resource]
}

allow if {
	input.action == "read"
	some granted in above
	some viewer in data.viewers[granted]
	viewer in who
}

allow if {
	input.action == "create"
	data.owners[input.resource] == input.principal
	data.folders[input.resource]
}
