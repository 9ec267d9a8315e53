package company.processing

default allow := false

sensitive := ["national_id", "card_number", "passphrase"]

holds_sensitive if {
	some field in sensitive
	object.get(input.record, field, null) != null
}

clearance := object.get(input.user.attributes, "clearance", 0)

needed := 3 if holds_sensitive else := 1

allow if {
	clearance >= needed
	input.operation in ["read", "export"]
	count(input.record) > 0
	count(input.record) <= 1000
}

allow if {
	input.user.role == "processor"
	input.operation == "transform"
	not holds_sensitive
}
