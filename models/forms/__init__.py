"""What must be recorded to complete each stage: one pydantic form a stage."""
