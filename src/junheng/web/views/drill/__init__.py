"""Looking into an assessment: 市 → 县 → 校 → 指标 → 单元格. Every address can be sent to a colleague."""
