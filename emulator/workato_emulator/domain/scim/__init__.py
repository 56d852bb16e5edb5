"""Provisioning by SCIM: who may call, who is shown, and what a write comes to. The rules SCIM-n are here."""
