package azure.vaults

default allow := false

reads := [
	"Microsoft.KeyVault/vaults/keys/read",
	"Microsoft.KeyVault/vaults/secrets/read",
	"Microsoft.KeyVault/vaults/certificates/read",
]

keepers := ["keeper@example.com", "security@example.com"]

year_ns := 31536000000000000

allow if {
	input.operation in reads
	input.principal.type == "ServicePrincipal"
	input.principal.appId != ""
	input.vault.properties.enableSoftDelete == true
	input.vault.properties.enablePurgeProtection == true
	time.now_ns() - input.principal.createdNs < year_ns
}

allow if {
	input.operation in reads
	input.principal.type == "User"
	input.principal.name in keepers
	input.context.compliantDevice == true
}
