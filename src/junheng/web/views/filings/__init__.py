"""The pages of 数据填报: the clerk's return, the county's review, the city's round."""
