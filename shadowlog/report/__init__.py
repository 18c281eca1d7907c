"""What a head or a room looks at: figures, sentences and pages from one Summary. Knows no screen."""
