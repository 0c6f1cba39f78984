"""Public test tools: model strategies, contract checks and forwards wrong in known ways."""
