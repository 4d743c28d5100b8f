"""What is looked at in a built site: each module looks at one thing and adds what is wrong to the findings."""
