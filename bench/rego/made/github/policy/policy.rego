package github

# Repositories belong to organizations; teams nest. A role on a repository includes those below.
default allow := false

needed := {
	"pull": ["readers", "triagers", "writers", "maintainers", "admins"],
	"fork": ["readers", "triagers", "writers", "maintainers", "admins"],
	"assign_issue": ["triagers", "writers", "maintainers", "admins"],
	"push": ["writers", "maintainers", "admins"],
	"edit_issue": ["writers", "maintainers", "admins"],
	"delete_issue": ["maintainers", "admins"],
	"add_reader": ["admins"],
	"add_admin": ["admins"],
}

who := graph.reachable(data.members, {input.principal})

repository := data.issues[input.resource].repository

repository := input.resource if data.repositories[input.resource]

allow if {
	some role in needed[input.action]
	some holder in data.repositories[repository][role]
	holder in who
}

allow if {
	input.action in {"edit_issue", "delete_issue"}
	data.issues[input.resource].reporter == input.principal
	some reader in data.repositories[repository].readers
	reader in who
}

allow if {
	some owner in data.organizations[data.repositories[repository].organization].owners
	owner in who
}
