"""What reports lead to: findings and recommendations, who answers them, and which are alike."""
