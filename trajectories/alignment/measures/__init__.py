"""The measures of how unlike two lives are, each a frozen value with only its own parameters."""
