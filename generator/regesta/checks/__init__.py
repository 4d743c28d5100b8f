"""What is checked in a built site: each module checks one thing and adds what is wrong to the findings."""
