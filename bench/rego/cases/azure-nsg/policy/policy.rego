package azure.networks

default allow := false

guarded_ports := [22, 1433, 3306, 3389, 5432, 6379, 27017]

private_networks := ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]

from_inside if {
	some network in private_networks
	net.cidr_contains(network, input.rule.sourceAddressPrefix)
}

writes if input.operation == "Microsoft.Network/networkSecurityGroups/securityRules/write"

allow if {
	writes
	input.rule.direction == "Inbound"
	input.rule.access == "Allow"
	input.rule.destinationPort != "*"
	not input.rule.destinationPort in guarded_ports
	input.rule.sourceAddressPrefix != "*"
	input.rule.sourceAddressPrefix != "Internet"
}

allow if {
	writes
	input.rule.direction == "Inbound"
	input.rule.access == "Allow"
	input.rule.destinationPort in guarded_ports
	from_inside
	input.rule.priority >= 1000
}
