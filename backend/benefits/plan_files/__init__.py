"""Plans as files that an administrator writes: YAML or a workbook in, one checked shape, YAML out."""
