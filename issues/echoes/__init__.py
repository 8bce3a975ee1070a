"""服务回声: what readers write to the editor, held back until somebody of the desk passes it."""
