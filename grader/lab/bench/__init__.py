# `./lab bench`: what the loop costs beside its peers, what a save costs, and how costs grow.
