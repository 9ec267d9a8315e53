package company.releases

default allow := false

working_hours if {
	hour := time.clock([time.parse_rfc3339_ns(input.time), "America/New_York"])[0]
	hour >= 9
	hour < 17
}

allow if {
	input.user.department in ["engineering", "product"]
	input.action == "deploy"
	working_hours
	count([approval | some approval in input.approvals; approval.status == "approved"]) >= 2
}

allow if {
	input.user.on_call == true
	input.action in ["read", "diagnose"]
	input.reason != ""
}
