package azure.machines

default allow := false

sizes := ["Standard_B1s", "Standard_B2s", "Standard_B4ms", "Standard_D2s_v5", "Standard_D4s_v5", "Standard_F4s_v2"]

regions := ["northeurope", "westeurope", "swedencentral", "norwayeast"]

allow if {
	input.operation == "Microsoft.Compute/virtualMachines/write"
	input.resource.properties.hardwareProfile.vmSize in sizes
	input.resource.location in regions
	input.resource.properties.osProfile.adminPassword == null
	count(input.resource.tags) > 0
	input.resource.tags.stage in ["development", "test", "production"]
}
