# What `./lab export` makes: editions of the course, graders for other places, answers laid out.
