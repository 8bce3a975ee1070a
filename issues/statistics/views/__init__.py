"""Pages and files of the statistics, below `/admin/statistics/`. The fetch is the permission."""
