# Grades a class: many submissions, none of them trusted.
