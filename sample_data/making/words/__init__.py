"""What people in the sample say: every sentence was written for it, none was ever said by anybody."""
