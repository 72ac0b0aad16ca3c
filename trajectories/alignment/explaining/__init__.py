"""Why two lives are as unlike as they are: from one to the other step by step, and in words."""
