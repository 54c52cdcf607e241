"""The pages of 整改: the register, a case, taking them in from an assessment, what may be public."""
