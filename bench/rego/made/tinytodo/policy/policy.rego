package tinytodo

# Lists of tasks: owners do everything, teams read or edit.
default allow := false

teams := graph.reachable(data.members, {input.principal})

list := data.lists[input.resource]

allow if {
	input.action in {"create_list", "get_lists"}
	input.resource == "Application::TinyTodo"
}

allow if list.owner == input.principal

allow if {
	input.action == "get_list"
	some team in teams
	team in list.readers
}

allow if {
	input.action in {"get_list", "update_list", "create_task", "update_task", "delete_task"}
	some team in teams
	team in list.editors
}
