"""All pairs of many scenes: which show the same place?"""
